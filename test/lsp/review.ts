/** A small review in two files, for tests that ask about everything in it. */
export const SHARED = `/** The day of the patch. */
hazard Reboot "Mass reboot"

architecture Base {
  /** Lets people in. */
  company Login "Log-in" {
    instances 10
    admits 5 Peer/s
    restarts in 5 min
  }
  vendor Cloud by "Amazon"
  users Peer {
    instances 3000
    needs Hub
    needs Login to start
    exposed to Reboot 60%
  }
  users Hub {
    instances 60
    serves 100 Peer
    promoted from Peer at 2/min
  }
  service Calling for Peer {
    needs Hub and Cloud
    traffic 90% through Hub, 10% through Cloud
  }
}
`;

export const REVIEW = `import "./shared.p2parch"

architecture Hosted extends Base {
  company Hub {
    instances 60
    serves 100 Peer
  }
  without Cloud
  service Calling for Peer needs Hub
}

scenario Patch on Base, Hosted {
  at 1 h strike Reboot
  run 24 h
  expect Calling back to 95% within 1 h
}
`;
