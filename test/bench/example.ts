/** The example of the language: 9.6 million clients, an overload cascade, 72 hours. */
export const EXAMPLE = `/** Windows machines restart after an update. Documentation comments show on hover. */
hazard MassReboot "Mass reboot"

architecture Skype2007 "Skype, August 2007" {

  company LoginServer "Log-in servers" {
    instances 40
    admits 30 Client/s
    restarts in 5 min
  }

  users Client "Skype clients" {
    instances 9_600_000
    needs SuperNode
    needs LoginServer to start
    restarts over 2 h
    retries every 30 s up to 10 min
    exposed to MassReboot 60%
  }

  users SuperNode {
    instances 25_000
    serves 400 Client
    promoted from Client at 10/min
    overloads above 200% losing 5%/min
    exposed to MassReboot 90%
  }

  service Calling for Client {
    needs SuperNode
    traffic 95% through SuperNode, 5% through LoginServer
  }

  require Calling survives any 1 external failure

  accept single-external-dependency on SuperNode
    because "The network carries itself; revisit before launch." until 2027-06-30
}

/** The same product on supernodes that the company runs (as from 2012). */
architecture SkypeHosted extends Skype2007 {
  company SuperNode {
    instances 10_000
    serves 4_100 Client
    restarts in 2 min
  }
}

scenario PatchTuesday "Patch Tuesday" on Skype2007, SkypeHosted {
  at 1 h strike MassReboot
  run 72 h
  expect Calling back to 95% within 1 h
  expect Calling never below 20%
}
`;
