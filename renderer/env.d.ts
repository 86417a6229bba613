/// <reference types="vite/client" />

/** For tools that cannot read single-file components; vue-tsc sees their real types. */
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}

/** Of `scripts/locale-parts.ts`: texts by their dotted names. */
declare module '*.json?first' {
  interface Words {
    readonly [name: string]: string | Words;
  }
  const messages: Words;
  export default messages;
}
declare module '*.json?later' {
  const messages: { readonly remarks: Readonly<Record<string, string>> };
  export default messages;
}
