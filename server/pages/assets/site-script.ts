// Comfort on top of pages that are complete without it. Runs in the reader's browser; sends nothing anywhere.
document.documentElement.classList.add('has-script');
