/** Finding settings by what they are called. Pure. */
import type { SettingItem, SettingSection } from './catalogue.ts';

/**
 * @param textOf everything the item shows, in the language in use
 * @returns sections with the items that hold every word of the query; sections without any are left out
 */
export function searchSettings(
  sections: readonly SettingSection[],
  query: string,
  textOf: (item: SettingItem) => string,
): readonly SettingSection[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matches = (item: SettingItem): boolean => {
    const text = `${item.id} ${item.words} ${textOf(item)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return withItems(sections, matches);
}

/** @returns sections with the items that are wanted; sections without any are left out */
export const withItems = (
  sections: readonly SettingSection[],
  wanted: (item: SettingItem) => boolean,
): readonly SettingSection[] =>
  sections
    .map((section) => ({ ...section, items: section.items.filter(wanted) }))
    .filter(({ items }) => items.length > 0);
