"""The entry of the dashboard: navigation only."""

import streamlit as st

from simulator.dashboard.pages import (
    briefing,
    friends,
    harmed,
    how_sure,
    over_time,
    person,
    policies,
    scenario,
    story,
    teach,
    who_knows_what,
)

st.set_page_config(
    page_title="Mosaic", page_icon="🧩", layout="wide", initial_sidebar_state="collapsed"
)
st.navigation(
    [
        st.Page(story.render, title="Story", default=True),
        st.Page(person.render, title="One person", url_path="person"),
        st.Page(who_knows_what.render, title="Who knows what", url_path="who_knows_what"),
        st.Page(policies.render, title="Policies", url_path="policies"),
        st.Page(harmed.render, title="Who is harmed", url_path="harmed"),
        st.Page(friends.render, title="Friends and family", url_path="friends"),
        st.Page(over_time.render, title="Over time", url_path="time"),
        st.Page(how_sure.render, title="How sure?", url_path="how_sure"),
        st.Page(scenario.render, title="Scenario", url_path="scenario"),
        st.Page(briefing.render, title="Briefing", url_path="briefing"),
        st.Page(teach.render, title="Teach", url_path="teach"),
    ],
    position="top",
).run()
