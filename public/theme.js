// Sets the theme before the first paint; src/app/theme.ts keeps it afterwards.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('statefun-studio.theme');
  } catch {
    // Storage is blocked: the system decides.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
