using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class SearchInGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Arrivals are filed once a transaction (SearchIndex), under the report's own number: before, the row of a report
            // that changed was found by reading them all.
            migrationBuilder.Sql(
                """
                DROP TRIGGER ReportSearchInsert;
                DROP TRIGGER ReportSearchUpdate;
                DROP TABLE ReportSearch;

                CREATE VIRTUAL TABLE ReportSearch USING fts5(
                    ReportId UNINDEXED, TrackingCode, Title, CrimeTypes, Description, Address, Barangay,
                    tokenize = 'unicode61 remove_diacritics 2');

                CREATE TRIGGER ReportSearchUpdate
                AFTER UPDATE OF TrackingCode, Title, CrimeTypes, Description, Address, BarangayHint, BarangayPsgc ON Reports BEGIN
                    UPDATE ReportSearch
                    SET TrackingCode = new.TrackingCode, Title = new.Title, CrimeTypes = new.CrimeTypes, Description = new.Description,
                        Address = new.Address,
                        Barangay = coalesce((SELECT Name FROM Barangays WHERE Psgc = new.BarangayPsgc), '') || ' ' || coalesce(new.BarangayHint, '')
                    WHERE rowid = new.rowid;
                END;

                INSERT INTO ReportSearch (rowid, ReportId, TrackingCode, Title, CrimeTypes, Description, Address, Barangay)
                SELECT rowid, Id, TrackingCode, Title, CrimeTypes, Description, Address,
                    coalesce((SELECT Name FROM Barangays WHERE Psgc = BarangayPsgc), '') || ' ' || coalesce(BarangayHint, '')
                FROM Reports ORDER BY rowid;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TRIGGER ReportSearchInsert AFTER INSERT ON Reports BEGIN
                    INSERT INTO ReportSearch (ReportId, TrackingCode, Title, CrimeTypes, Description, Address, Barangay)
                    VALUES (new.Id, new.TrackingCode, new.Title, new.CrimeTypes, new.Description, new.Address,
                        coalesce((SELECT Name FROM Barangays WHERE Psgc = new.BarangayPsgc), '') || ' ' || coalesce(new.BarangayHint, ''));
                END;
                """);
        }
    }
}
