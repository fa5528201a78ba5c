#!/usr/bin/env node
import { pullCommand } from './pull/command.ts';

process.exitCode = await pullCommand(process.argv.slice(2), 'specs');
