using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class WholeIntake : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "EvidenceCount",
                table: "Reports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "FiledBy",
                table: "Reports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    OfficerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Act = table.Column<string>(type: "TEXT", nullable: false),
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Evidence",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: true),
                    Width = table.Column<int>(type: "INTEGER", nullable: true),
                    Height = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evidence", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Evidence_Reports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "Reports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReportOriginals",
                columns: table => new
                {
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportOriginals", x => x.ReportId);
                    table.ForeignKey(
                        name: "FK_ReportOriginals_Reports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "Reports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_BarangayPsgc_ReceivedAt",
                table: "Reports",
                columns: new[] { "BarangayPsgc", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_ReceivedAt",
                table: "Reports",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_Severity_ReceivedAt",
                table: "Reports",
                columns: new[] { "Severity", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_Status_ReceivedAt",
                table: "Reports",
                columns: new[] { "Status", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_ReportId",
                table: "Audit",
                column: "ReportId");

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_ReportId_Position",
                table: "Evidence",
                columns: new[] { "ReportId", "Position" },
                unique: true);

            // Full-text search. The rows follow the reports by triggers, so that every way in is searched.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE ReportSearch USING fts5(
                    ReportId UNINDEXED, TrackingCode, Title, CrimeTypes, Description, Address, Barangay,
                    tokenize = 'unicode61 remove_diacritics 2');

                CREATE TRIGGER ReportSearchInsert AFTER INSERT ON Reports BEGIN
                    INSERT INTO ReportSearch (ReportId, TrackingCode, Title, CrimeTypes, Description, Address, Barangay)
                    VALUES (new.Id, new.TrackingCode, new.Title, new.CrimeTypes, new.Description, new.Address,
                        coalesce((SELECT Name FROM Barangays WHERE Psgc = new.BarangayPsgc), '') || ' ' || coalesce(new.BarangayHint, ''));
                END;

                CREATE TRIGGER ReportSearchUpdate
                AFTER UPDATE OF TrackingCode, Title, CrimeTypes, Description, Address, BarangayHint, BarangayPsgc ON Reports BEGIN
                    UPDATE ReportSearch
                    SET TrackingCode = new.TrackingCode, Title = new.Title, CrimeTypes = new.CrimeTypes, Description = new.Description,
                        Address = new.Address,
                        Barangay = coalesce((SELECT Name FROM Barangays WHERE Psgc = new.BarangayPsgc), '') || ' ' || coalesce(new.BarangayHint, '')
                    WHERE ReportId = new.Id;
                END;

                INSERT INTO ReportSearch (ReportId, TrackingCode, Title, CrimeTypes, Description, Address, Barangay)
                SELECT Id, TrackingCode, Title, CrimeTypes, Description, Address,
                    coalesce((SELECT Name FROM Barangays WHERE Psgc = BarangayPsgc), '') || ' ' || coalesce(BarangayHint, '')
                FROM Reports ORDER BY ReceivedAt;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER ReportSearchUpdate; DROP TRIGGER ReportSearchInsert; DROP TABLE ReportSearch;");
            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "Evidence");

            migrationBuilder.DropTable(
                name: "ReportOriginals");

            migrationBuilder.DropIndex(
                name: "IX_Reports_BarangayPsgc_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_Severity_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_Status_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "EvidenceCount",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "FiledBy",
                table: "Reports");
        }
    }
}
