using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Changes what is known of the contact of the run.</summary>
[Step("update_contact", "Update contact", NodeGroup.Practice, "contact_page", HasOutsideEffect = true, HandsOn = true,
    Does = "Changes name, e-mail address and phone number of the contact whom the run is about. What is left empty stays. Other fields are "
        + "not kept with the contact: they become the step's output, for later steps.",
    Example = """{"fields":{"email":"{{ $initialPayload.email }}"}}""")]
public sealed class UpdateContactNode(IContacts contacts, IContactChanges book) : NodeType<UpdateContactSettings, UpdateContactOutput>
{
    private static readonly string[] Known = ["first_name", "firstName", "last_name", "lastName", "name", "email", "phone"];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Fields.ValueKind: JsonValueKind.Object } settings
            ? Card.Fit(string.Join(", ", settings.Fields.EnumerateObject().Select(f => f.Name)))
            : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        UpdateContactSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.Fields.ValueKind != JsonValueKind.Object)
            return SettingsFailure.Wrong("fields", "Fields has to name what changes, such as {\"email\":\"maria@example.com\"}.");
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (Wrong(settings.Fields) is { } wrong) return new NodeOutcome.Failed("contact_field", wrong);
        var changed = await book.ChangeAsync(
            input.Run.Tenant, client.Id, known => Merged(known, settings.Fields), input.Source(), cancellationToken);
        if (changed is null) return new NodeOutcome.Failed("contact_unknown", "The contact of this run is not there any more.");
        var others = settings.Fields.EnumerateObject().Where(f => !Known.Contains(f.Name)).Select(f => f.Name).ToList();
        input.Log(NodeLogLevel.Info, $"Changed what is known of {changed.Contact.Name}");
        if (others.Count > 0)
            input.Log(
                NodeLogLevel.Warning, $"A contact has no field {string.Join(", ", others)}: later steps find it in this step's output.");
        return Complete(new UpdateContactOutput
        {
            ContactId = changed.Contact.Id, FirstName = changed.Contact.FirstName, LastName = changed.Contact.LastName,
            Email = changed.Contact.Email, Phone = changed.Contact.Phone, Fields = settings.Fields,
        });
    }

    private static ContactFields Merged(Contact known, JsonElement fields)
    {
        var told = ContactFields.From(fields);
        return ContactFields.Of(told.FirstName ?? known.FirstName, told.LastName ?? known.LastName, told.Email ?? known.Email,
            told.Phone ?? known.Phone);
    }

    private static string? Wrong(JsonElement fields)
    {
        if (Text(fields, "email") is { } email && ContactFields.Of(null, null, email, null).Email is null)
            return $"“{email}” is no e-mail address, so it is not kept. Correct it in the step's settings.";
        return Text(fields, "phone") is { } phone && ContactFields.Of(null, null, null, phone).Phone is null
            ? $"“{phone}” is no phone number, so it is not kept. Correct it in the step's settings."
            : null;
    }

    private static string? Text(JsonElement fields, string name) => fields.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String when value.GetString()!.Trim().Length > 0 => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}

/// <summary>The settings of <see cref="UpdateContactNode"/>.</summary>
public sealed record UpdateContactSettings
{
    /// <summary>What changes.</summary>
    [Setting("Fields", Description = "What is known from now on: first_name, last_name or name, email, phone.")]
    public JsonElement Fields { get; init; }
}

/// <summary>The output of <see cref="UpdateContactNode"/>.</summary>
public sealed record UpdateContactOutput
{
    [Setting("Contact id")]
    public required Guid ContactId { get; init; }

    [Setting("First name")]
    public required string FirstName { get; init; }

    [Setting("Last name")]
    public required string LastName { get; init; }

    [Setting("E-mail")]
    public string? Email { get; init; }

    [Setting("Phone")]
    public string? Phone { get; init; }

    [Setting("Fields", Description = "All fields as they were set, those too that a contact does not keep.")]
    public JsonElement Fields { get; init; }
}
