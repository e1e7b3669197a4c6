using System.Globalization;
using System.Text;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Reports;

/// <summary>The filtered list as a CSV file. It says in its last line when it is not the whole list.</summary>
internal sealed class ExportReports(SearchReports search, ScopeDirectory scopes, Writer writer, ListLimits limits)
{
    private const int AtOnce = 500;

    /// <summary>Says in the audit that the officer takes a list along: which filters it has, never what was typed into them.</summary>
    /// <exception cref="WriterBusy">It could not be said, so nothing may be taken.</exception>
    public Task Audit(Guid officer, ReportFilter filter) => writer.Run(unit =>
    {
        unit.Audit(officer, AuditActs.Export, subject: string.Join(' ', filter.Names));
        return true;
    });

    /// <summary>Writes the file page by page; the scope is asked anew for each, so that it ends with the duty.</summary>
    public async Task Write(Guid officer, ReportFilter filter, Stream to, CancellationToken stop)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvLine.Of(Head()));
        var first = scopes.Of(officer);
        var written = 0;
        Guid? last = null;
        while (true)
        {
            var scope = scopes.Of(officer);
            if (scope.Key != first.Key)
            {
                await writer.WriteAsync(CsvLine.Of(ReportListTexts.ExportDutyEnded));
                return;
            }

            // One more than may be written tells a file that was cut from one that is whole.
            var take = Math.Min(AtOnce, limits.ExportRows - written + 1);
            var rows = Next(filter, last, scope, take);
            if (rows is null)
            {
                await writer.WriteAsync(CsvLine.Of(ReportListTexts.ExportTooSlow));
                return;
            }

            foreach (var row in rows.Take(limits.ExportRows - written))
                await writer.WriteAsync(CsvLine.Of(Cells(row)));
            written += rows.Count;
            await writer.FlushAsync(stop);
            if (rows.Count < take)
                return;
            if (written > limits.ExportRows)
            {
                await writer.WriteAsync(CsvLine.Of(string.Format(CultureInfo.CurrentCulture, ReportListTexts.ExportCut, limits.ExportRows)));
                return;
            }

            last = rows[^1].Id;
        }
    }

    private IReadOnlyList<FoundReport>? Next(ReportFilter filter, Guid? last, Domain.Officers.BoardScope scope, int take)
    {
        try
        {
            return search.Next(filter, last, scope, take);
        }
        catch (ReadingTookTooLong)
        {
            return null;
        }
    }

    private static string[] Head() =>
    [
        ReportListTexts.ColumnCode, ReportListTexts.ColumnReceived, ReportListTexts.ColumnHappened, ReportListTexts.Severity,
        ReportListTexts.Status, ReportListTexts.ColumnTitle, ReportListTexts.Type, ReportListTexts.Barangay, ReportListTexts.ColumnStreet,
        ReportListTexts.Station, ReportListTexts.ColumnWho, ReportListTexts.ColumnEvidence,
    ];

    private static string?[] Cells(FoundReport row) =>
    [
        row.TrackingCode, Time(row.ReceivedAt), Time(row.OccurredAt), Words.Of(row.Severity), Words.Of(row.Status), row.Title,
        string.Join("; ", row.CrimeTypes), row.Barangay, row.Address, row.Log, row.Who,
        row.EvidenceCount.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Time(DateTimeOffset at) => ManilaTime.Of(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
