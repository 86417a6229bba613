/// <reference types="vite/client" />

/** For tools that cannot read single-file components; vue-tsc sees their real types. */
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}

/* eslint-disable @typescript-eslint/consistent-type-imports -- a declared module can import nothing by a relative name */
/** Of `scripts/locale-parts.ts`. */
declare module '*.json?first' {
  const messages: Omit<typeof import('../resources/locales/en.json'), 'remarks'>;
  export default messages;
}
declare module '*.json?later' {
  const messages: Pick<typeof import('../resources/locales/en.json'), 'remarks'>;
  export default messages;
}
