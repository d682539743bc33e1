/** What is wrong with a list of leaked passwords; the message goes on where the file's name ended. */
export class BreachedListError extends Error {
  override name = 'BreachedListError'
}
