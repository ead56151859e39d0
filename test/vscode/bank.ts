/** A bank with a group to fold, and a variant of it. */
export const BANK = `architecture Bank {
  group Core {
    company Ledger
    company Desk { needs Ledger }
  }
  company Till { needs Desk }
  vendor Cloud by "Nimbus"
  service Paying { needs Till and Cloud }
}
architecture Offline extends Bank { vendor Spare service Paying { needs Till } }
`;

export const GROUP = 'zone:company/Core';
