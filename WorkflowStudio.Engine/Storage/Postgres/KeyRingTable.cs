using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>The app's key ring in the database, so that what one node signs or protects every other can read.</summary>
public sealed class KeyRingTable(PostgresDatabase database) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenForUse();
        using var command = new NpgsqlCommand("""SELECT "Xml" FROM key_ring ORDER BY "Name" """, connection);
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenForUse();
        using var command = new NpgsqlCommand(
            """INSERT INTO key_ring ("Name","Xml") VALUES ($1,$2) ON CONFLICT ("Name") DO UPDATE SET "Xml"=excluded."Xml" """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = friendlyName },
                new NpgsqlParameter<string> { TypedValue = element.ToString(SaveOptions.DisableFormatting) },
            },
        };
        command.ExecuteNonQuery();
    }
}
