import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UsageService } from '#runs';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { FORBIDDEN, UNAUTHENTICATED } from '../runs/examples.js';
import { UsageOfDaysResponse, UsageQuery, UsageResponse } from './usage.dto.js';

/** What an organization's runs came to. */
@ApiTags('Usage')
@ApiBearerAuth()
@Controller('usage')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @RequirePermission('usage:read')
  @ApiOperation({
    summary: 'The usage of some days',
    description: 'Days are those of UTC, and each run counts on the day on which it ended. The figures are exact at the moment of the answer.',
  })
  @ApiOkResponse({ type: UsageOfDaysResponse })
  @ApiProblems({
    400: 'a day is missing or written otherwise',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    422: 'the period ends before it begins, is too long, or has a day that no calendar has (USAGE_PERIOD_REFUSED)',
  })
  async period(@Query() { from, to }: UsageQuery): Promise<UsageOfDaysResponse> {
    return await this.usage.period(from, to);
  }

  @Get('current')
  @RequirePermission('usage:read')
  @ApiOperation({ summary: 'The usage of this month so far', description: 'The month is that of UTC.' })
  @ApiOkResponse({ type: UsageResponse })
  @ApiProblems({ 401: UNAUTHENTICATED, 403: FORBIDDEN })
  async current(): Promise<UsageResponse> {
    return await this.usage.current();
  }
}
