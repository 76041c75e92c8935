import { writeFileSync } from 'node:fs';

const HEAD = `# A tour

Written by \`npm run tour -- --write\` from a real run against \`npm start\`: every line below was asked and answered. Identifiers are
numbered in the order they appear, and times, secrets and the endings that make names unique are left out, so that two tours read alike.
\`npm run tour\` does it again on your machine and stops at the first answer that is not as it must be; with URLs of Git repositories
behind it (\`npm run tour -- https://github.com/wshobson/agents\`, \`#<branch>\` where it is not \`main\`) it reads those.
`;

/** Writes the transcript as a document. `root` is where the checkout lies, which the document leaves out. */
export function writeTour(file, transcript, root) {
  const text = transcript.markdown().replaceAll(root, '/plinth');
  writeFileSync(file, `${HEAD}\n${text}`);
}
