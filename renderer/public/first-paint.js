// Runs before the styles paint, so that nothing flashes in the other theme. The keys are those of
// shared/composables/usePreferences.ts.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('switchyard.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const language = localStorage.getItem('switchyard.language') ?? navigator.language;
    root.lang = language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  } catch {
    // Storage is blocked: the system's theme and the page's language stay.
  }
})();
