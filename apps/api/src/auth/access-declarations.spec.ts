import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { AccessDeclarations } from './access-declarations.js';
import { UndeclaredAccessError } from './errors.js';
import { Public } from './public.decorator.js';
import { RequirePermission, RequireSystemAdmin, SignedIn } from './require-permission.decorator.js';

function moduleOf(...controllers: Type[]): Promise<TestingModule> {
  @Module({ imports: [DiscoveryModule], controllers, providers: [AccessDeclarations] })
  class Application {}
  return Test.createTestingModule({ imports: [Application] }).compile();
}

@RequirePermission('run:read')
@Controller('declared')
class Declared {
  @Get()
  list(): void {
    this.helper();
  }

  @Post()
  @RequirePermission('run:create')
  create(): void {
    this.helper();
  }

  @Get('open')
  @Public()
  open(): void {
    this.helper();
  }

  helper(): void {
    // No route, and so nobody's to call.
  }
}

@Controller('forgotten')
class Forgotten {
  @Get()
  @SignedIn()
  remembered(): string {
    return '';
  }

  @Get('one')
  one(): string {
    return '';
  }

  @Get('two')
  @Public()
  @RequireSystemAdmin()
  both(): string {
    return '';
  }
}

describe('what handlers declare', () => {
  it('is found on the handler, or else on its controller', async () => {
    const module = await moduleOf(Declared);
    await module.init();
    expect(module.get(AccessDeclarations).handlers()).toEqual([
      { name: 'Declared.list', access: { kind: 'permission', permission: 'run:read' } },
      { name: 'Declared.create', access: { kind: 'permission', permission: 'run:create' } },
      { name: 'Declared.open', access: { kind: 'public' } },
    ]);
    await module.close();
  });

  it('keeps an application from starting where it is missing or twofold, and names each such handler', async () => {
    const module = await moduleOf(Declared, Forgotten);
    const starting = module.init();
    await expect(starting).rejects.toThrow(UndeclaredAccessError);
    await expect(starting).rejects.toMatchObject({ fields: { handlers: ['Forgotten.one', 'Forgotten.both'] } });
  });
});
