using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// The full-text index, a row a report, with the row's number of the report. What changes in a report a trigger follows; what
/// arrives is filed in one go for a transaction or some of them, as each statement that writes to the index by itself makes a
/// segment of it, which later ones have to merge.
/// </summary>
internal static class SearchIndex
{
    /// <summary>Files every report behind the last that is filed; reports are never removed, so their numbers only grow.</summary>
    public const string FileArrivals = """
        INSERT INTO ReportSearch (rowid, ReportId, TrackingCode, Title, CrimeTypes, Description, Address, Barangay)
        SELECT rowid, Id, TrackingCode, Title, CrimeTypes, Description, Address,
            coalesce((SELECT Name FROM Barangays WHERE Psgc = BarangayPsgc), '') || ' ' || coalesce(BarangayHint, '')
        FROM Reports
        WHERE rowid > coalesce((SELECT rowid FROM ReportSearch ORDER BY rowid DESC LIMIT 1), 0)
        ORDER BY rowid
        """;

    /// <summary>For whoever writes past the writer, before its transaction ends.</summary>
    public static void Fill(AlertDavaoDb db) => db.Database.ExecuteSqlRaw(FileArrivals);
}
