// The look of an embedded grader as a constructed style sheet: a page's policy for styles does not concern it. The page sets its
// colours and type with custom properties: --grader-ink, --grader-paper, --grader-line, --grader-good, --grader-bad, --grader-font.

const TEXT = `
:host {
  --ink: var(--grader-ink, #14201a); --paper: var(--grader-paper, #fff); --line: var(--grader-line, #76857d);
  --good: var(--grader-good, #0a6847); --bad: var(--grader-bad, #ad2018); --soft: var(--grader-soft, #fde8e4);
  display: block; padding: 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 var(--grader-font, system-ui, sans-serif); container-type: inline-size;
}
:host([hidden]) { display: none }
header { display: flex; gap: 1rem; align-items: center; justify-content: space-between }
select { font: inherit; color: inherit; background: var(--paper); min-block-size: 2.5rem; min-inline-size: 0; padding: 0 .5rem; border: 1px solid var(--line); border-radius: .5rem }
p, ul { margin: 0 }
.score { white-space: nowrap; font: 700 2rem/1 Georgia, serif; font-variant-numeric: lining-nums tabular-nums; color: var(--good) }
.score[data-low=true] { color: var(--bad) }
.editor { display: grid; margin-block: .75rem .5rem }
.marks, textarea {
  grid-area: 1 / 1; box-sizing: border-box; inline-size: 100%; min-inline-size: 0; min-block-size: 9rem; margin: 0; padding: .6rem .75rem;
  border: 1px solid transparent; border-radius: .5rem; font: 400 1.1rem/1.65 Georgia, serif; font-kerning: none; font-variant-ligatures: none;
  letter-spacing: normal; word-spacing: normal; text-align: start; text-wrap: wrap; white-space: pre-wrap; overflow-wrap: break-word; tab-size: 4;
}
.marks { overflow: hidden; color: transparent; pointer-events: none; user-select: none; -webkit-user-select: none }
textarea { block-size: 100%; overflow: hidden; resize: none; background: none; color: inherit; border-color: var(--line) }
:is(textarea, select, a):focus-visible { outline: 3px solid var(--good); outline-offset: 1px }
mark { color: inherit; background: var(--soft); text-decoration: underline wavy var(--bad) 1px; text-underline-offset: .25em; text-decoration-skip-ink: none }
.about { font-size: .875rem }
.fix { margin-block-start: .5rem }
.fix:empty, ul:empty { display: none }
ul { margin-block-start: .5rem; padding-inline-start: 1.1rem; font-size: .875rem }
li a { color: inherit; font-weight: 600 }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (forced-colors: active) { .marks { forced-color-adjust: none } mark { background: none; text-decoration-color: Highlight } }
@supports (-webkit-touch-callout: none) { .marks { padding-inline: calc(.75rem + 3px) } }
`

let made

/** The one sheet that all graders of a page share. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet()
    made.replaceSync(TEXT)
  }
  return made
}
