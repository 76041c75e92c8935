import type { DataSource } from 'typeorm';
import { tenancyOf } from '../../entities/declare/tenancy.js';
import { EntityShape, type ColumnMetadata } from './entity-shape.js';
import { UnscopedEntityError } from './errors.js';
import type { EntityClass } from './types.js';

/** The shapes of the entities a tenant may reach, made when first asked for. */
export class EntityCatalogue {
  readonly #shapes = new Map<EntityClass<object>, EntityShape>();

  /** @param dataSource gives the metadata; it need not be connected. */
  constructor(private readonly dataSource: Pick<DataSource, 'hasMetadata' | 'getMetadata' | 'driver'>) {}

  /** @throws UnscopedEntityError for a class that is no entity here, and for the system's own tables */
  shapeOf<E extends object>(entity: EntityClass<E>): EntityShape {
    const known = this.#shapes.get(entity);
    if (known !== undefined) return known;
    if (!this.dataSource.hasMetadata(entity)) throw new UnscopedEntityError(entity.name, 'it is not in the list of entities.');
    const declaration = tenancyOf(entity);
    if (declaration.tenancyClass === 'S') {
      throw new UnscopedEntityError(entity.name, "its rows are the system's own (class S). They are reached by the role they are granted to.");
    }
    const typeOf = (column: ColumnMetadata): string => this.dataSource.driver.normalizeType(column);
    const shape = new EntityShape(this.dataSource.getMetadata(entity), declaration, typeOf);
    this.#shapes.set(entity, shape);
    return shape;
  }
}
