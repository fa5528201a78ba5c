import type { Template } from '../../generator/template.ts';
import { cliApi } from './api-module.ts';
import { cliOperations } from './operations.ts';
import { cliPackage } from './package.ts';
import { cliReadme } from './readme.ts';

/** The templates of the package that holds the command line, in no order that matters. */
export const cliTemplates: readonly Template[] = [cliPackage, cliApi, cliOperations, cliReadme];
