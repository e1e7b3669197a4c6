namespace AlertDavao.Dashboard.Roster;

/// <summary>What became of a change to who serves where.</summary>
internal enum DutyOutcome
{
    Done,

    /// <summary>There is no such duty, officer or station for the actor.</summary>
    NotFound,

    /// <summary>Nobody raises, posts or moves themselves.</summary>
    Oneself,

    /// <summary>Station admins are made by the city desk.</summary>
    AdminsByCityDesk,
    InThePast,
    EndsBeforeItStarts,

    /// <summary>It is in force: its officer and its start are no plan any more.</summary>
    HasBegun,

    /// <summary>The officer serves at that station already in that time.</summary>
    Overlaps,

    /// <summary>The station would be left without an admin.</summary>
    LastAdmin,

    /// <summary>The actor is no admin of the station that it is about.</summary>
    NotYourStation,
}
