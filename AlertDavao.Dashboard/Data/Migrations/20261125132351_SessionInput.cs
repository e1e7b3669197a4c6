using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionInput : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LastInputAt",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Who is at work now is not locked by an update.
            migrationBuilder.Sql("UPDATE Sessions SET LastInputAt = LastSeenAt;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LastInputAt",
                table: "Sessions");
        }
    }
}
