/** How values cross between the processes: cloned as Electron does, carried as JSON. */

/** @throws DataCloneError as Electron does; TypeError for what Electron would carry and JSON would not */
export function toJson(value: unknown): string {
  const plain = structuredClone(value);
  const text = JSON.stringify(plain, (_name, part: unknown) => {
    const prototype: unknown = typeof part === 'object' && part !== null ? Object.getPrototypeOf(part) : null;
    if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return part;
    throw new TypeError(`The stand-in carries plain data only, not ${Object.prototype.toString.call(part)}.`);
  });
  // JSON has no word for it.
  return typeof text === 'string' ? text : 'null';
}
