using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class WorkingTheReport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "DuplicateOf",
                table: "Reports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Escalated",
                table: "Reports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "EscalatesAt",
                table: "Reports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HolderOfflineSince",
                table: "Reports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TransferAskedTo",
                table: "Reports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WaitsSince",
                table: "Reports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FromLog",
                table: "ReportEvent",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FromSeverity",
                table: "ReportEvent",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Level",
                table: "ReportEvent",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OtherOfficer",
                table: "ReportEvent",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OtherReport",
                table: "ReportEvent",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ToLog",
                table: "ReportEvent",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ToSeverity",
                table: "ReportEvent",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OfficerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: true),
                    TrackingCode = table.Column<string>(type: "TEXT", nullable: true),
                    Log = table.Column<string>(type: "TEXT", nullable: true),
                    OtherLog = table.Column<string>(type: "TEXT", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Transfers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FromLog = table.Column<string>(type: "TEXT", nullable: false),
                    ToLog = table.Column<string>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", nullable: true),
                    LeftAs = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transfers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Transfers_Reports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "Reports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_ClaimedBy",
                table: "Reports",
                column: "ClaimedBy",
                filter: "ClaimedBy IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_DuplicateOf",
                table: "Reports",
                column: "DuplicateOf",
                filter: "DuplicateOf IS NOT NULL");

            // What waits already has a clock too; what is due is worked out at its first look.
            migrationBuilder.Sql("UPDATE Reports SET WaitsSince = ReceivedAt, EscalatesAt = CASE WHEN Severity > 0 THEN ReceivedAt END WHERE Status = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_EscalatesAt",
                table: "Reports",
                column: "EscalatesAt",
                filter: "EscalatesAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_OfficerId",
                table: "Notices",
                column: "OfficerId",
                filter: "ReadAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_FromLog_DecidedAt",
                table: "Transfers",
                columns: new[] { "FromLog", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_ReportId",
                table: "Transfers",
                column: "ReportId");

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_ToLog_State",
                table: "Transfers",
                columns: new[] { "ToLog", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "Transfers");

            migrationBuilder.DropIndex(
                name: "IX_Reports_ClaimedBy",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_DuplicateOf",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_EscalatesAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "DuplicateOf",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Escalated",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "EscalatesAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "HolderOfflineSince",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "TransferAskedTo",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "WaitsSince",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "FromLog",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "FromSeverity",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "Level",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "OtherOfficer",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "OtherReport",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "ToLog",
                table: "ReportEvent");

            migrationBuilder.DropColumn(
                name: "ToSeverity",
                table: "ReportEvent");
        }
    }
}
