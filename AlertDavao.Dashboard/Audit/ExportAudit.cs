using System.Globalization;
using System.Text;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Audit;

/// <summary>What a filter finds of the audit as a CSV file. It says in its last line when it is not all of it.</summary>
internal sealed class ExportAudit(ReadAudit read, Writer writer, AuditLimits limits)
{
    private const int AtOnce = 500;

    /// <summary>Says in the audit that the officer takes it along: which filters it has, never what was typed into them.</summary>
    /// <exception cref="WriterBusy">It could not be said, so nothing may be taken.</exception>
    /// <exception cref="WriteFailed">It could not be said, so nothing may be taken.</exception>
    public Task Audit(Guid officer, AuditFilter filter) => writer.Run(unit =>
    {
        unit.Audit(officer, AuditActs.AuditExport, subject: string.Join(' ', filter.Names));
        return true;
    });

    /// <summary>Writes the file part by part; who may read is asked anew for each.</summary>
    public async Task Write(Guid officer, AuditFilter filter, Stream to, CancellationToken stop)
    {
        await using var file = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await file.WriteAsync(CsvLine.Of(Head()));
        for (var left = limits.ExportRows; ;)
        {
            // One more than may be written tells a file that was cut from one that is whole.
            var take = Math.Min(AtOnce, left + 1);
            if (read.Next(officer, filter, take) is not { } lines)
            {
                await file.WriteAsync(CsvLine.Of(AuditTexts.ExportDutyEnded));
                return;
            }

            foreach (var line in lines.Take(left))
                await file.WriteAsync(CsvLine.Of(Cells(line)));
            await file.FlushAsync(stop);
            if (lines.Count < take)
                return;
            if (lines.Count > left)
            {
                await file.WriteAsync(CsvLine.Of(string.Format(CultureInfo.CurrentCulture, AuditTexts.ExportCut, limits.ExportRows)));
                return;
            }

            left -= lines.Count;
            filter = filter with { Before = lines[^1].Id };
        }
    }

    private static string[] Head() =>
    [
        AuditTexts.ColumnNumber, AuditTexts.ColumnAt, AuditTexts.ColumnWho, AuditTexts.ColumnEmail, AuditTexts.Act, AuditTexts.ColumnReport, AuditTexts.About,
    ];

    private static string?[] Cells(AuditLine line) =>
    [
        line.Id.ToString(CultureInfo.InvariantCulture),
        ManilaTime.Of(line.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        line.Who.Length > 0 ? line.Who : AuditTexts.UnknownOfficer,
        line.Email,
        AuditWords.Of(line.Act),
        line.TrackingCode ?? line.ReportId?.ToString(),
        line.Subject,
    ];
}

/// <param name="ExportRows">Entries in one file at most.</param>
internal sealed record AuditLimits(int ExportRows)
{
    public static readonly AuditLimits Default = new(50_000);
}
