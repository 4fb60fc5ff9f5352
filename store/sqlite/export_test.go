package sqlite

// SeasonQueries are the queries of a season.
var SeasonQueries = []string{seasonMembers, seasonReads, seasonActivities, seasonPauses, seasonMentions, seasonTogether, seasonCheers, seasonPosted, seasonGoal, seasonDuels}
