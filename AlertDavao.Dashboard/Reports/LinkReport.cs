using AlertDavao.Domain;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// An officer says that two reports belong together, or that they do not. Both stay what they are, each with its reporter, its
/// evidence and its own work; both timelines say it.
/// </summary>
internal sealed class LinkReport(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="to">Id or tracking code of the other one, which the officer sees too.</param>
    /// <param name="links">False takes the link away again.</param>
    /// <exception cref="Data.WriterBusy">Nothing was changed.</exception>
    /// <exception cref="Data.WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string? to, bool links)
        => change.Run(officer, report, version, act =>
        {
            if (string.IsNullOrWhiteSpace(to))
                throw new DomainRuleViolated("Link.Missing");
            var other = NamedReport.Find(act, to) ?? throw new DomainRuleViolated("Link.NoSuchReport");
            // Whether they are linked stands on the timeline.
            act.Unit.Db.Entry(act.Report).Collection(r => r.Events).Load();
            if (links)
                act.Report.Link(other, act.Officer, act.Now);
            else
                act.Report.Unlink(other, act.Officer, act.Now);
            act.AlsoChanged(other);
        });
}

/// <summary>A report that an officer names in a command on another one.</summary>
internal static class NamedReport
{
    /// <param name="name">Its id or its tracking code, in any case.</param>
    /// <returns>Null when there is none, and just so when the officer does not see it.</returns>
    public static Report? Find(Change act, string name)
    {
        var code = name.Trim().ToUpperInvariant();
        var id = Guid.TryParse(name, out var parsed) ? parsed : Guid.Empty;
        var found = act.Unit.Db.Reports.FirstOrDefault(r => r.Id == id || r.TrackingCode == code);
        return found is not null && act.Scope.Sees(found.Log) ? found : null;
    }
}
