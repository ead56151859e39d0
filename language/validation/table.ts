import type { ValidationChecks } from 'langium';
import type { P2PArchAstType } from '../generated/ast.ts';
import type { P2PArchServices } from '../services.ts';
import { checkExposures, checkPromotionCircle, checkProperties } from './components.ts';
import { checkArchitecture, checkFile } from './files.ts';
import {
  checkAdd,
  checkAdmits,
  checkAtLeast,
  checkDuration,
  checkInstances,
  checkPercent,
  checkPromoted,
  checkRequirementCount,
  checkServes,
} from './numbers.ts';
import { checkScenario } from './scenarios.ts';
import { checkAcceptance, checkService, checkTraffic } from './services.ts';
import { checkInheritance } from './variants.ts';

/** The errors of language.md that need no analysis, by the syntax that they are about. */
export function validationChecks(services: P2PArchServices): ValidationChecks<P2PArchAstType> {
  const names = services.names.FileNames;
  return {
    File: (file, accept) => checkFile(names, file, accept),
    Architecture: [
      (architecture, accept) => checkArchitecture(names, architecture, accept),
      (architecture, accept) => checkInheritance(names, architecture, accept),
    ],
    Group: checkExposures,
    Component: [checkProperties, (component, accept) => checkPromotionCircle(names, component, accept)],
    Service: checkService,
    Traffic: checkTraffic,
    Acceptance: checkAcceptance,
    Scenario: (scenario, accept) => checkScenario(names, scenario, accept),
    Duration: checkDuration,
    Percent: checkPercent,
    Instances: checkInstances,
    Serves: checkServes,
    Admits: checkAdmits,
    Promoted: checkPromoted,
    AtLeastNeed: checkAtLeast,
    Requirement: checkRequirementCount,
    Add: checkAdd,
  };
}
