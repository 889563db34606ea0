// right, partly or wrong: how a score is called.

/** The word for a score from 0 to 1. */
export const verdictOf = (score) => (score === 1 ? "right" : score > 0 ? "partly" : "wrong")
