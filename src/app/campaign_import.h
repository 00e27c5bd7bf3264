// Campaigns taken over into the database from the files that a clerk keeps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "app/world.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "store/database.h"

namespace huice::app {

/// What a campaign's files bring to the database.
struct Import {
  /// A problem of which the ledger had nothing, or not all events.
  struct Growth {
    std::string problem;
    std::string matter;
    bool fresh = true;
    int events = 0;  ///< new ones
  };
  std::string id;     ///< of the campaign
  std::string title;  ///< its full name
  bool fresh = true;  ///< it was not there before
  /// The files beside the ledger that say something else than those stored, by name.
  std::vector<std::string> files;
  std::vector<Growth> growth;  ///< in the order of the file

  int problems() const;  ///< new ones
  int events() const;    ///< new ones, those of new problems among them
};

struct ImportTerms {
  std::string folder;                 ///< stands before the names of files in messages
  std::optional<std::string> county;  ///< whose the campaign must be, by its GB/T 2260 code
  bool preview = false;               ///< only tell what would come
};

/// Takes over a campaign: a new one whole; of one that is there already plan, assignments,
/// scheme and entries anew, and of the ledger what goes on from the histories stored. All or
/// nothing; the same files again change nothing.
/// Errors: those of parse_texts, make_campaign and Database; InvalidInput `campaign.other-county`,
/// `campaign.id` where the id could be taken for a county's code or a longer name;
/// Conflict `campaign.taken` where another county has a campaign of this id; Conflict
/// `ledger.differs`, with every finding, where the ledger of the files says otherwise than the
/// stored one, or the new files do not fit the stored ledger.
Result<Import> import_campaign(store::Database& database, const campaign::CampaignTexts& texts,
                               const ImportTerms& terms, const Actor& actor);

/// The same of the files of a folder. Errors: also those of read_texts.
Result<Import> import_campaign(store::Database& database, const std::string& folder,
                               const Actor& actor);

/// import_campaign into the database at `address`, as whoever runs the program.
Result<Import> import_folder(const World& world, const std::string& folder,
                             const std::string& address);

}  // namespace huice::app
