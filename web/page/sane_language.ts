// Loaded before all else: some browsers name a language that is none ("C", where the system has no
// locale), and Intl throws then, in uPlot as soon as it is loaded.
try {
  new Intl.NumberFormat(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', {value: 'en-US'})
}
