/** The pages of the navigation, in their order; the digit of the shortcut follows it. */
import {
  Box,
  ChartNoAxesColumn,
  List,
  MessageSquare,
  Server,
  SlidersHorizontal,
  Waypoints,
} from '@lucide/vue';
import type { Component } from 'vue';

export interface NavigationPage {
  /** Name of the route. */
  readonly name: PageName;
  readonly icon: Component;
  readonly shortcut: string;
  /** Where a phone has it: in the tab bar, or in the sheet behind its last tab. */
  readonly onPhone: 'tab' | 'more';
}

type PageName = 'overview' | 'requests' | 'playground' | 'models' | 'providers' | 'routing' | 'settings';

export const PAGES: readonly NavigationPage[] = [
  { name: 'overview', icon: ChartNoAxesColumn, shortcut: 'Mod+1', onPhone: 'tab' },
  { name: 'requests', icon: List, shortcut: 'Mod+2', onPhone: 'tab' },
  { name: 'playground', icon: MessageSquare, shortcut: 'Mod+3', onPhone: 'tab' },
  { name: 'models', icon: Box, shortcut: 'Mod+4', onPhone: 'more' },
  { name: 'providers', icon: Server, shortcut: 'Mod+5', onPhone: 'tab' },
  { name: 'routing', icon: Waypoints, shortcut: 'Mod+6', onPhone: 'more' },
  { name: 'settings', icon: SlidersHorizontal, shortcut: 'Mod+,', onPhone: 'more' },
];
