// What a page shows a moment after it was asked: storage, a module that is fetched, a frame that is drawn.

/** Runs the assertions until they hold; after `within` milliseconds what they say is thrown. */
export async function eventually(assertions, within = 5000) {
  for (const until = Date.now() + within; ;) {
    try {
      return await assertions()
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((done) => setTimeout(done, 50))
    }
  }
}
