import { layOut, type Arrow, type Box, type Layout } from './layout.js';

const OPTIONS = { columnGap: 80, rowGap: 20, widest: 500 };
const box = (id: string, height = 60): Box => ({ id, width: 120, height });
const boxes = (...ids: string[]): Box[] => ids.map((id) => box(id));
const arrow = (from: string, to: string): Arrow => ({ from, to });

function overlaps(layout: Layout, placed: readonly Box[]): string[] {
  const at = (id: string): { x: number; y: number } => layout.places.get(id) ?? { x: 0, y: 0 };
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter((other) => {
        const [a, b] = [at(one.id), at(other.id)];
        return a.x < b.x + other.width && b.x < a.x + one.width && a.y < b.y + other.height && b.y < a.y + one.height;
      })
      .map((other) => `${one.id} and ${other.id}`),
  );
}

describe('the layout of a diagram', () => {
  it('puts a box right of everything it points at', () => {
    const { places } = layOut(
      boxes('organization', 'run', 'step'),
      [arrow('run', 'organization'), arrow('step', 'run'), arrow('step', 'organization')],
      OPTIONS,
    );
    expect(['organization', 'run', 'step'].map((id) => places.get(id)?.x)).toEqual([0, 200, 400]);
  });

  it('lets no two boxes touch, whatever points at what', () => {
    const many = Array.from({ length: 24 }, (_, index) => box(`t${index}`, 40 + (index % 5) * 25));
    const arrows = many.flatMap(({ id }, index) => [arrow(id, `t${(index * 7) % 24}`), arrow(id, `t${Math.floor(index / 3)}`)]);
    expect(overlaps(layOut(many, arrows, OPTIONS), many)).toEqual([]);
  });

  it('takes boxes that point at each other, and at themselves', () => {
    const circle = [arrow('user', 'organization'), arrow('organization', 'user'), arrow('user', 'user')];
    const layout = layOut(boxes('organization', 'user'), circle, OPTIONS);
    expect(overlaps(layout, boxes('organization', 'user'))).toEqual([]);
    expect(layout.ways).toEqual([[], [], []]);
  });

  it('leads a long arrow past the boxes between', () => {
    const placed = boxes('a', 'b', 'c');
    const layout = layOut(placed, [arrow('c', 'b'), arrow('b', 'a'), arrow('c', 'a')], OPTIONS);
    const [, , way = []] = layout.ways;
    const between = layout.places.get('b') ?? { x: 0, y: 0 };
    expect(way.map(({ x }) => x)).toEqual([between.x + 120, between.x]);
    expect(way.every(({ y }) => y < between.y || y > between.y + 60)).toBe(true);
  });

  it('stands boxes that nothing points at in rows below, no wider than allowed', () => {
    const placed = boxes('a', 'b', 'lonely', 'lonelier', 'loneliest', 'alone');
    const layout = layOut(placed, [arrow('b', 'a')], OPTIONS);
    expect(overlaps(layout, placed)).toEqual([]);
    expect(layout.places.get('lonely')).toEqual({ x: 0, y: 80 });
    expect(layout.places.get('alone')).toEqual({ x: 0, y: 160 });
    expect(layout.width).toBeLessThanOrEqual(500);
  });

  it('is empty for nothing, and begins at the top left', () => {
    expect(layOut([], [], OPTIONS)).toMatchObject({ width: 0, height: 0 });
    const { places } = layOut([box('a', 200), box('b'), box('c')], [arrow('b', 'a'), arrow('c', 'a')], OPTIONS);
    expect(Math.min(...[...places.values()].map(({ y }) => y))).toBe(0);
  });

  it('is the same each time', () => {
    const input: [Box[], Arrow[]] = [boxes('a', 'b', 'c', 'd'), [arrow('b', 'a'), arrow('c', 'a'), arrow('d', 'b'), arrow('d', 'c')]];
    expect(layOut(...input, OPTIONS)).toEqual(layOut(...input, OPTIONS));
  });
});
