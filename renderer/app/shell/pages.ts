/** The pages of the navigation, in their order; the digit of the shortcut follows it. */
import { List, Server } from '@lucide/vue';
import type { Component } from 'vue';

export interface NavigationPage {
  /** Name of the route. */
  readonly name: 'requests' | 'providers';
  readonly icon: Component;
  readonly shortcut: string;
}

export const PAGES: readonly NavigationPage[] = [
  { name: 'requests', icon: List, shortcut: 'Mod+1' },
  { name: 'providers', icon: Server, shortcut: 'Mod+2' },
];
