using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>The people the practice deals with.</summary>
[Route(StudioUrls.Contacts)]
public sealed class ContactList : RecordList
{
    protected override string TableName => "contacts";

    protected override Type? Beside => typeof(ContactStoryBox);
}
