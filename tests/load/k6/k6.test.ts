import { engineCases } from '../engine-cases.js';
import { openEngineCases } from '../open-cases.js';

engineCases('k6', 'measuring');
openEngineCases('k6', 'measuring');
