using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>What a body says of a contact: <c>firstName</c> and <c>lastName</c>, or <c>name</c>; <c>email</c>; <c>phone</c>.</summary>
internal sealed class ContactBody : FieldsRead
{
    private static readonly string[] Names = ["firstName", "lastName", "name"];

    private readonly JsonElement body;

    /// <summary>Reads a body.</summary>
    public ContactBody(JsonElement body)
    {
        this.body = body;
        foreach (var field in Names) Text(field);
        if (Text("email") is { Length: > 0 } email && ContactFields.Of(null, null, email, null).Email is null)
            Wrong("email", "The email has to be an address such as maria@example.org.");
        if (Text("phone") is { Length: > 0 } phone && ContactFields.Of(null, null, null, phone).Phone is null)
            Wrong("phone", "The phone has to be a number of 7 to 15 digits, such as +17135550142.");
    }

    /// <summary>The same of a body that makes a contact: something has to be said.</summary>
    public static ContactBody Whole(JsonElement body)
    {
        var read = new ContactBody(body);
        if (read.Problems.Count == 0 && read.Fields(null).IsEmpty)
            read.Wrong("name", "A contact has at least a name, an email or a phone.");
        return read;
    }

    /// <summary>What is known then: what the body does not speak of stays.</summary>
    public ContactFields Fields(Contact? known)
    {
        var (first, last) = (known?.FirstName, known?.LastName);
        if (Text("name") is { } name && !Has("firstName") && !Has("lastName"))
        {
            var space = name.Trim().IndexOf(' ', StringComparison.Ordinal);
            (first, last) = space < 0 ? (name, null) : (name.Trim()[..space], name.Trim()[(space + 1)..]);
        }
        else if (Has("name") && !Has("firstName") && !Has("lastName")) (first, last) = (null, null);

        return ContactFields.Of(
            Has("firstName") ? Text("firstName") : first, Has("lastName") ? Text("lastName") : last,
            Has("email") ? Text("email") : known?.Email, Has("phone") ? Text("phone") : known?.Phone);
    }

    private bool Has(string field) => body.TryGetProperty(field, out _);

    private string? Text(string field)
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) Wrong(field, $"The field {field} has to be text.");
        else if (value.GetString()!.Trim().Length > ContactFields.MaxLength)
            Wrong(field, $"The {field} has {value.GetString()!.Trim().Length} characters, at most {ContactFields.MaxLength} are possible.");
        else return value.GetString();
        return null;
    }
}
