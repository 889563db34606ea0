// The driver of these tests, for benches in other folders.
export { chromium } from "playwright-core"
