import { defineTool } from '#runs';

export const countWords = defineTool({
  name: 'count_words',
  description: 'Counts the words of a text. Use it where the exact number matters.',
  parameters: {
    type: 'object',
    properties: {
      text: { type: 'string', description: 'The text to count in.' },
      longerThan: { type: 'integer', minimum: 0, description: 'Counts only words with more characters.' },
    },
    required: ['text'],
    additionalProperties: false,
  },
  hasSideEffects: false,
  call: async ({ args: { text, longerThan = 0 } }) => ({
    words: text.split(/\s+/).filter((word) => word.length > longerThan).length,
  }),
});
