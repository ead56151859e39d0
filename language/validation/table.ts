import type { ValidationChecks } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import type { P2PArchAstType } from '../generated/ast.ts';
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

/**
 * Errors that follow from a statement's own words, and from which names mean what: a statement that has none keeps
 * having none until either changes.
 */
export const OWN_CHECKS: ValidationChecks<P2PArchAstType> = {
  Component: checkProperties,
  Service: checkService,
  Traffic: checkTraffic,
  Acceptance: checkAcceptance,
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

/** Errors of files and of whole statements that follow from others as well: these are looked for each time. */
export function wideChecks(services: CheckingServices): ValidationChecks<P2PArchAstType> {
  const names = services.names.FileNames;
  return {
    File: (file, accept) => checkFile(names, file, accept),
    Architecture: [
      (architecture, accept) => checkArchitecture(names, architecture, accept),
      (architecture, accept) => checkInheritance(names, architecture, accept),
    ],
    Group: checkExposures,
    Component: (component, accept) => checkPromotionCircle(names, component, accept),
    Scenario: (scenario, accept) => checkScenario(names, scenario, accept),
  };
}
