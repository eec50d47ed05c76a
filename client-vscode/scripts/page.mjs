/**
 * The extension's page as it goes into the package. An editor shows no picture of a package there, only those of an https address: without one
 * the page goes without, since a picture that does not come is worse than none.
 */
export function pageOf(readme, picturesAt) {
  const picture = /^!\[([^\]]*)\]\(\.\.\/docs\/pictures\/([\w-]+\.png)\)\n\n?/gm;
  return readme.replaceAll(picture, (_, said, name) => picturesAt ? `![${said}](${new URL(name, `${picturesAt.replace(/\/$/, '')}/`).href})\n\n` : '');
}
