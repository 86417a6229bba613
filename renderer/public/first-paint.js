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

// The words for a page without scripts go before they are painted: this file is here, and has words of its own.
(() => {
  const observer = new MutationObserver(() => {
    const words = document.getElementById('no-script');
    if (words === null) return;
    words.remove();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
})();

// Says so where the interface itself does not come: nothing else of the page has loaded, so words and looks are here.
(() => {
  const WORDS = {
    en: {
      title: 'Switchyard did not load',
      text: 'The gateway may have been stopped, or something between it and this browser does not answer.',
      again: 'Try again',
    },
    'zh-CN': {
      title: 'Switchyard 未能加载',
      text: '网关可能已停止，或者网关与此浏览器之间有环节没有响应。',
      again: '重试',
    },
  };
  /** ms, once all files of the entry have come: a slow line is waited for. */
  const PATIENCE = 15_000;
  let told = null;

  const started = () => document.getElementById('app')?.hasChildNodes() === true;

  function element(name, text, style) {
    const made = document.createElement(name);
    made.textContent = text;
    Object.assign(made.style, style);
    return made;
  }

  function tell() {
    if (told !== null || started() || document.body === null) return;
    const words = WORDS[document.documentElement.lang] ?? WORDS.en;
    told = element('main', '', {
      position: 'fixed',
      inset: '0',
      boxSizing: 'border-box',
      overflow: 'auto',
      padding: '15vh 24px 24px',
      textAlign: 'center',
      font: '16px/1.5 system-ui, sans-serif',
      // The system's colours, in the chosen theme where its style did not come either.
      colorScheme: document.documentElement.dataset.theme ?? 'light dark',
      color: 'CanvasText',
      background: 'Canvas',
    });
    const again = element('button', words.again, { font: 'inherit', padding: '4px 16px', minHeight: '32px' });
    again.type = 'button';
    again.addEventListener('click', () => location.reload());
    const said = element('div', '', {});
    said.append(
      element('h1', words.title, { font: 'inherit', fontWeight: '600', margin: '0' }),
      element('p', words.text, { margin: '8px auto 16px', maxWidth: '36em' }),
    );
    told.append(said, again);
    document.body.append(told);
    // Filled where it is spoken from.
    said.setAttribute('role', 'alert');
    // It was late and nothing more: the interface takes its place.
    const observer = new MutationObserver(() => {
      if (!started()) return;
      observer.disconnect();
      told.remove();
    });
    observer.observe(document.getElementById('app') ?? document.body, { childList: true });
  }

  // Of files an event comes to their element alone, so it is caught on the way; `message` is of code that failed.
  addEventListener(
    'error',
    ({ target, message }) => {
      if (message !== undefined || (target instanceof HTMLScriptElement && target.type === 'module')) tell();
    },
    true,
  );
  addEventListener('unhandledrejection', tell);
  addEventListener('load', () => setTimeout(tell, PATIENCE));
})();
