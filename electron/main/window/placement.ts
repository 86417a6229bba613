/** Where a window opens: where it was, unless that is on no screen any more. Pure. */

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placement {
  /** Without x and y the system chooses the place. */
  readonly bounds: { readonly width: number; readonly height: number } | Area;
  readonly maximized: boolean;
}

/** What the window had when it was closed; its bounds are those it has when not maximised. */
export interface SavedPlacement {
  readonly bounds: Area;
  readonly maximized: boolean;
}

const FIRST_SIZE = { width: 1_280, height: 832 };
export const LEAST_SIZE = { width: 400, height: 480 };
/** So much of the upper edge must be on a screen for the window to be grasped, px. */
const GRASP = { width: 120, height: 32 };

/**
 * @param saved null at the first start
 * @param screens work areas of the screens there are now, the primary one first
 */
export function placeWindow(saved: SavedPlacement | null, screens: readonly Area[]): Placement {
  const home = screens[0];
  if (saved === null) return { bounds: within(FIRST_SIZE, home), maximized: false };
  const { bounds, maximized } = saved;
  const screen = screens.find((area) => canBeGrasped(bounds, area));
  if (screen === undefined) return { bounds: within(bounds, home), maximized };
  return { bounds: { x: bounds.x, y: bounds.y, ...within(bounds, screen) }, maximized };
}

/** @returns true where a window at this place has no edge to be grasped by: its screen is gone */
export function isLost(bounds: Area, screens: readonly Area[]): boolean {
  return !screens.some((screen) => canBeGrasped(bounds, screen));
}

/** In the middle of a screen, as at the first start. */
export function centred(screen: Area): Area {
  const { width, height } = within(FIRST_SIZE, screen);
  return {
    x: screen.x + Math.max(0, Math.round((screen.width - width) / 2)),
    y: screen.y + Math.max(0, Math.round((screen.height - height) / 2)),
    width,
    height,
  };
}

function within(
  size: { readonly width: number; readonly height: number },
  screen: Area | undefined,
): { readonly width: number; readonly height: number } {
  const fit = (wanted: number, least: number, most: number): number =>
    Math.max(least, Math.min(wanted, most));
  return {
    width: fit(size.width, LEAST_SIZE.width, screen?.width ?? Infinity),
    height: fit(size.height, LEAST_SIZE.height, screen?.height ?? Infinity),
  };
}

function canBeGrasped(bounds: Area, screen: Area): boolean {
  const left = Math.max(bounds.x, screen.x);
  const right = Math.min(bounds.x + bounds.width, screen.x + screen.width);
  const upper = bounds.y >= screen.y && bounds.y + GRASP.height <= screen.y + screen.height;
  return upper && right - left >= GRASP.width;
}
