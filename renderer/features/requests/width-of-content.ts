/** How wide what a column shows is, among the rows that are drawn. */

/**
 * Lets the column be as wide as each row wants it, looks, and takes that back before anything is painted.
 * @param list whose rows are grids with the columns of `--columns`
 * @param place of the column among those that are shown
 * @param template of the columns as they are
 * @returns px; 0 where nothing is drawn
 */
export function widthOfContent(list: HTMLElement, place: number, template: string): number {
  const tracks = template.match(/minmax\([^)]*\)|\S+/g) ?? [];
  list.style.setProperty(
    '--columns',
    tracks.map((track, index) => (index === place ? 'max-content' : track)).join(' '),
  );
  const widths = [...list.querySelectorAll('[role=row]')].map((row) => {
    const cell = row.children[place];
    return cell instanceof HTMLElement ? cell.getBoundingClientRect().width : 0;
  });
  list.style.setProperty('--columns', template);
  return Math.ceil(Math.max(0, ...widths));
}
