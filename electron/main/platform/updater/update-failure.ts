/** Why a newer version was not found, fetched or installed: its message is a sentence for the user. */
export class UpdateFailure extends Error {
  override readonly name = 'UpdateFailure';
}
