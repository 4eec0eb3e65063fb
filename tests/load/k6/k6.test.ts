import { engineCases } from '../engine-cases.js';

engineCases('k6');
