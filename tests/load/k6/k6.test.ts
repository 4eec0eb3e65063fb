import { engineCases } from '../engine-cases.js';
import { openEngineCases } from '../open-cases.js';

engineCases('k6');
openEngineCases('k6');
